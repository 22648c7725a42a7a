"""What makes and measures the engine's weights; nothing here is needed to run the bot."""
