"""Account finders (Maigret, Sherlock, SpiderFoot, Blackbird): which sites have an account of a handle."""
