"""Chat exports: who wrote when and to whom, never the texts."""
