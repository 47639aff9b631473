-- Children before parents.

DROP TABLE webhook_delivery;
DROP TABLE webhook;
