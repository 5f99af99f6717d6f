package org.btrdb.client.acceptance;

/** All promises, for a class that names an endpoint. */
public interface Promises
    extends RawPromises,
        WindowPromises,
        NearestPromises,
        VersionPromises,
        CataloguePromises,
        HistoryPromises,
        MultiPromises,
        SubscriptionPromises {}
