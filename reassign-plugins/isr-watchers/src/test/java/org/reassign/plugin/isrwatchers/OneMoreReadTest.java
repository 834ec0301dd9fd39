package org.reassign.plugin.isrwatchers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class OneMoreReadTest {
    private final List<CompletableFuture<Void>> begun = new ArrayList<>();
    private final OneMoreRead<Void> reads = new OneMoreRead<>(this::begin);

    private CompletableFuture<Void> begin() {
        CompletableFuture<Void> read = new CompletableFuture<>();
        begun.add(read);
        return read;
    }

    @Test
    void all_that_ask_during_a_read_share_one_more() {
        CompletableFuture<Void> first = reads.ask();
        CompletableFuture<Void> second = reads.ask();
        CompletableFuture<Void> third = reads.ask();
        assertThat(begun).hasSize(1);
        begun.get(0).complete(null);
        assertThat(first).isCompleted();
        assertThat(begun).hasSize(2);
        assertThat(second).isNotDone();
        assertThat(third).isNotDone();
        begun.get(1).complete(null);
        assertThat(second).isCompleted();
        assertThat(third).isCompleted();
        assertThat(begun).hasSize(2);
    }

    @Test
    void what_asks_during_the_one_more_gets_another() {
        reads.ask();
        reads.ask();
        begun.get(0).complete(null);
        CompletableFuture<Void> third = reads.ask();
        begun.get(1).complete(null);
        assertThat(third).isNotDone();
        begun.get(2).complete(null);
        assertThat(third).isCompleted();
    }

    @Test
    void what_asks_afterwards_begins_at_once() {
        reads.ask();
        begun.get(0).complete(null);
        reads.ask();
        assertThat(begun).hasSize(2);
    }

    @Test
    void a_failure_is_that_of_its_own_read_only() {
        CompletableFuture<Void> first = reads.ask();
        CompletableFuture<Void> second = reads.ask();
        begun.get(0).completeExceptionally(new IllegalStateException("gone"));
        assertThat(first).isCompletedExceptionally();
        begun.get(1).complete(null);
        assertThat(second).isCompleted();
    }
}
