package org.btrdb.embedded.server;

import io.grpc.stub.StreamObserver;
import org.btrdb.client.Btrdb;
import org.btrdb.embedded.streamsql.StreamsQuery;
import org.btrdb.proto.v5api.BTrDBGrpc;
import org.btrdb.proto.v5api.SQLQueryParams;
import org.btrdb.proto.v5api.SQLQueryResponse;

/** The call that answers SQL over metadata (reference 2.20). */
final class SqlCalls extends BTrDBGrpc.BTrDBImplBase {
  private final Btrdb btrdb;

  SqlCalls(Btrdb btrdb) {
    this.btrdb = btrdb;
  }

  @Override
  public void sQLQuery(SQLQueryParams request, StreamObserver<SQLQueryResponse> responses) {
    AnswerPump.answer(
        responses,
        scope -> {
          StreamsQuery query = StreamsQuery.of(request.getQuery(), request.getParamsList());
          return new SqlAnswers(query.columns(), query.run(btrdb, scope));
        },
        stat -> SQLQueryResponse.newBuilder().setStat(stat).build());
  }
}
