"""How a text is read before it is checked: links, quotations, figures, names, length."""
