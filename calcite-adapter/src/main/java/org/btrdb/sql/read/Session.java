package org.btrdb.sql.read;

import org.btrdb.client.Btrdb;
import org.btrdb.sql.SessionOptions;
import org.btrdb.sql.catalog.Catalog;
import org.btrdb.sql.rpc.RpcLog;

/**
 * What all statements of a session share.
 *
 * @param btrdb whom to ask; it notes down its calls
 * @param catalog what names stand for
 * @param rpcs the calls made
 * @param options its settings
 */
public record Session(Btrdb btrdb, Catalog catalog, RpcLog rpcs, SessionOptions options) {}
