/** Tests of the embedded BTrDB against a brute-force model and against crashes. */
@NullMarked
package org.btrdb.embedded;

import org.jspecify.annotations.NullMarked;
