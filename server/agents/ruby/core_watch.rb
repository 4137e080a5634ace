# Mode "persistent": notices that the script has replaced a method of Ruby's own. This agent needs them, and so do other
# requests: such a process serves no other one.
module CGIWorkbenchAgent
  module CoreWatch
    HOOKS = %i[method_added method_removed method_undefined].freeze

    class << self
      attr_reader :is_broken

      # `own`: whether a file is the script's. What a library replaces when it is loaded is its own affair.
      def start(own)
        @own, @is_broken = own, false
        @known, @known_singletons = {}.compare_by_identity, {}.compare_by_identity
        core_modules.each do |mod|
          @known[mod] = names(mod.instance_methods(false) + mod.private_instance_methods(false))
          @known_singletons[mod] = names(mod.singleton_methods(false))
        end
        HOOKS.each do |name|
          hook(Module, name) { |changed| CoreWatch.note(self, changed) }
          hook(BasicObject, :"singleton_#{name}") { |changed| CoreWatch.note_singleton(self, changed) }
        end
      end

      def note(mod, name)
        @is_broken ||= @known.key?(mod) && @known[mod].key?(name) && by_script?
      end

      def note_singleton(object, name)
        @is_broken ||= @known_singletons.key?(object) && @known_singletons[object].key?(name) && by_script?
      end

      private

      def hook(mod, name, &block)
        mod.send(:define_method, name, &block)
        mod.send(:private, name)
      end

      def by_script?
        caller_locations(3, 2).to_a.any? { |place| @own.call(place.path) }
      end

      def core_modules
        (Object.constants - %i[CGIWorkbenchAgent Object]).map do |name|
          value = Object.autoload?(name) ? nil : Object.const_get(name)
          value if value.is_a?(Module)
        end.compact
      end

      def names(methods)
        methods.map { |name| [name, true] }.to_h
      end
    end
  end
end
