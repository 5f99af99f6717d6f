package org.btrdb.client.batch;

import java.util.UUID;

/**
 * Points and the stream they belong to.
 *
 * @param uuid the stream
 * @param points its points; may be none
 */
public record StreamPoints(UUID uuid, PointBatch points) {}
