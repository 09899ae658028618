"""How a plan begins: from a template, from an earlier plan, from nothing; and templates of a State’s own."""
