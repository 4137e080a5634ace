# Mode "persistent": values that the main thread keeps by name. Scripts keep there what is of one request.
module CGIWorkbenchAgent
  module ThreadValues
    # `form`: how a script reads one; nil is as none. Fibers have such values since Ruby 3.2.
    Store = Struct.new(:form, :names, :read, :write)
    STORES = [
      Store.new("Thread.current[%p]", -> { Thread.current.keys },
                ->(name) { Thread.current[name] }, ->(name, value) { Thread.current[name] = value }),
      Store.new("Thread.current.thread_variable_get(%p)", -> { Thread.current.thread_variables },
                ->(name) { Thread.current.thread_variable_get(name) },
                ->(name, value) { Thread.current.thread_variable_set(name, value) }),
      Store.new("Fiber[%p]", -> { Fiber.respond_to?(:[]) ? Fiber.current.storage.to_h.keys : [] },
                ->(name) { Fiber[name] }, ->(name, value) { Fiber[name] = value })
    ].freeze

    module_function

    def take
      STORES.map { |store| store.names.call.map { |name| [name, store.read.call(name)] }.to_h.compact }
    end

    def put_back(taken)
      STORES.zip(taken) do |store, values|
        (store.names.call | values.keys).each do |name|
          store.write.call(name, values[name]) unless store.read.call(name).equal?(values[name])
        end
      end
    end

    # By the code that reads it.
    def named
      STORES.zip(take).flat_map { |store, values| values.map { |name, value| [format(store.form, name), value] } }
    end
  end
end
