"""Boxes: throwaway containers that run user code and report facts; no verdict is made here."""
