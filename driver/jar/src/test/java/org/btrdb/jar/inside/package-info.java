/**
 * What tests run inside the isolated class loader: functions from and to values of the JDK, which
 * see the JDK, the one jar and the clients chosen, and nothing of a test library.
 */
@NullMarked
package org.btrdb.jar.inside;

import org.jspecify.annotations.NullMarked;
