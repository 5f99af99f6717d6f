/** Tests of SQL over the metadata of streams. */
@NullMarked
package org.btrdb.embedded.streamsql;

import org.jspecify.annotations.NullMarked;
