class Persistent: pass
