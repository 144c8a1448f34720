"""Tools that file a proposal, one module a subject; nothing here can decide or execute one."""
