package org.btrdb.client.model;

/**
 * What a server says of itself.
 *
 * @param majorVersion 4 or 5
 * @param minorVersion 0 or more
 * @param build such as {@code 5.30.0}
 */
public record ServerInfo(int majorVersion, int minorVersion, String build) {}
