/** Values of BTrDB's data model: streams, their metadata and versions, what a server is and can. */
@NullMarked
package org.btrdb.client.model;

import org.jspecify.annotations.NullMarked;
