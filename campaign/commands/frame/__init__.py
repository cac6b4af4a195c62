"""What every command needs: arguments, output, what went wrong."""
