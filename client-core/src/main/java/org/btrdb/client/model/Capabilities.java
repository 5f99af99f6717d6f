package org.btrdb.client.model;

/**
 * What a server generation can do. Code asks these and never a version number.
 *
 * @param standardDeviation whether windows carry it
 * @param mergePolicies whether an insert takes a policy other than {@link MergePolicy#NEVER}
 * @param editableTags whether tags and the collection of a stream can change
 * @param maxInsertPoints points a single insert call may carry
 * @param subscriptions whether inserts can be followed; of a 5.x server only its answer tells, as
 *     it says nothing else about it
 */
public record Capabilities(
    boolean standardDeviation,
    boolean mergePolicies,
    boolean editableTags,
    int maxInsertPoints,
    boolean subscriptions) {}
