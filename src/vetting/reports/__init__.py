"""What people read: pages and files of a screening run."""
