/**
 * The promises of {@link org.btrdb.client.Btrdb} as tests that run over anything that makes them:
 * scripted servers of both generations, the embedded tree in this process and served, and any real
 * server ({@code -Dbtrdb.acceptance.endpoint=host:port}). One interface for each kind of promise; a
 * class for each endpoint implements all of them.
 *
 * <p>What a generation lacks is asked of its {@code Capabilities}; what an endpoint refuses as not
 * supported is skipped.
 */
@NullMarked
package org.btrdb.client.acceptance;

import org.jspecify.annotations.NullMarked;
