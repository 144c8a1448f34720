"""Any metric split by anything, filtered, ranked, shared out and compared."""
