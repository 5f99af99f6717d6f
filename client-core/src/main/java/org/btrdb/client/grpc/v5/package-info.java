/**
 * The 5.x generation behind {@link org.btrdb.client.Btrdb}: requests, messages, and what its
 * servers do otherwise than promised.
 */
@NullMarked
package org.btrdb.client.grpc.v5;

import org.jspecify.annotations.NullMarked;
