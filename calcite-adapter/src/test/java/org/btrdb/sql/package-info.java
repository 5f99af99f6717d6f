/** SQL over the embedded engine, against brute force. */
@NullMarked
package org.btrdb.sql;

import org.jspecify.annotations.NullMarked;
