package org.btrdb.client.grpc.call;

/**
 * The in-band status of an answer, the same in every generation (reference 2.1).
 *
 * @param code 0 on success
 * @param message what the server says; its wording is not to be relied on
 */
public record ServerStatus(int code, String message) {}
