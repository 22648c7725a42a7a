"""The news side of Onrecord: feeds to articles to who said what. It knows no chat platform."""
