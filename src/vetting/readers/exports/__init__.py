"""What all exports share (chats, social accounts, account finders): recognising, opening, gathering."""
