/** Apache Spark and the one jar on one class path, as an application of Spark has them. */
@NullMarked
package org.btrdb.spark;

import org.jspecify.annotations.NullMarked;
