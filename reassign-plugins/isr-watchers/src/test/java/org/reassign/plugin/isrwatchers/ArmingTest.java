package org.reassign.plugin.isrwatchers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ArmingTest {
    private final Arming arming = new Arming();

    @Test
    void it_is_down_until_a_watch_is_armed_and_after_the_newest_failed() {
        assertThat(arming.isDown()).isTrue();
        long first = arming.begin();
        assertThat(arming.isDown()).isFalse();
        arming.failed(first);
        assertThat(arming.isDown()).isTrue();
        arming.begin();
        assertThat(arming.isDown()).isFalse();
    }

    @Test
    void only_the_newest_counts() {
        long first = arming.begin();
        assertThat(arming.counts(first)).isTrue();
        long second = arming.begin();
        assertThat(arming.counts(first)).isFalse();
        assertThat(arming.counts(second)).isTrue();
    }

    @Test
    void an_older_watch_takes_over_when_the_newest_arming_failed() {
        long first = arming.begin();
        long second = arming.begin();
        long third = arming.begin();
        arming.failed(third);
        assertThat(arming.counts(first)).isTrue();
        assertThat(arming.counts(second)).isTrue();
        long fourth = arming.begin();
        assertThat(arming.counts(first)).isFalse();
        assertThat(arming.counts(second)).isFalse();
        assertThat(arming.counts(fourth)).isTrue();
    }

    @Test
    void a_failure_that_comes_late_does_not_take_the_newest_down() {
        long first = arming.begin();
        long second = arming.begin();
        arming.failed(first);
        assertThat(arming.isDown()).isFalse();
        assertThat(arming.counts(first)).isFalse();
        assertThat(arming.counts(second)).isTrue();
    }
}
