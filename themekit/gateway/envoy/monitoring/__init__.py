"""What watches a gateway: scrape configuration, alerts with their tests, a dashboard, and a load test."""
