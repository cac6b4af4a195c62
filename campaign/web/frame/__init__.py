"""What every page needs: who may see it, the language, the names of things, the icons."""
