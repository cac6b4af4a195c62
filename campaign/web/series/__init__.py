"""Series: several posts written in one sitting, and seen, moved and cancelled as one."""
