"""The review room: rounds, panels, score sheets and results over the append-only ledger."""
