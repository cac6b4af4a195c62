"""Patients' stories: who tells them, what they have agreed to, and how they take it back."""
