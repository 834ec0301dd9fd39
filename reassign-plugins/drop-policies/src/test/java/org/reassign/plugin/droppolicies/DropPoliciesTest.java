package org.reassign.plugin.droppolicies;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.reassign.api.model.Replicas;
import org.reassign.api.spi.DropContext;
import org.reassign.api.spi.DropPolicy;

/** The examples of the thread and the worked cases, as far as policies decide them. The first in sync leads. */
class DropPoliciesTest {
    private static final DropPolicy KEEP_ALL = new KeepAll();
    private static final DropPolicy ORIGINALS = new Originals();
    private static final DropPolicy PREFER_IN_SYNC = new PreferInSync();
    private static final DropPolicy RETURNING = new Returning();
    private static final List<DropPolicy> ALL = List.of(KEEP_ALL, ORIGINALS, PREFER_IN_SYNC, RETURNING);

    private static final Retarget TOMS = Retarget.of(Replicas.of(0, 1), Replicas.of(2, 3), Replicas.of(3, 4));
    private static final Retarget OVERLAPPING =
            Retarget.of(Replicas.of(0, 1, 2), Replicas.of(1, 2, 3), Replicas.of(2, 3, 4));
    private static final Retarget CASE_4 =
            Retarget.of(Replicas.of(1, 2, 3), Replicas.of(4, 5, 6), Replicas.of(7, 8, 9));

    private static void assertDrops(DropPolicy policy, DropContext context, Integer... dropped) {
        assertThat(policy.droppable(context)).isEqualTo(Replicas.of(dropped));
    }

    @Test
    void originalsDropsTwoOf01To23To34AlthoughItIsInSyncAndOneIsNot() {
        assertDrops(ORIGINALS, TOMS.isr(0, 2), 2);
    }

    @Test
    void preferInSyncDropsOneOf01To23To34SinceTwoIsInSyncAndOneIsNot() {
        assertDrops(PREFER_IN_SYNC, TOMS.isr(0, 2), 1);
    }

    @Test
    void preferInSyncKeepsTheLeaderOf01To23To34AlthoughItIsNoOriginal() {
        assertDrops(PREFER_IN_SYNC, TOMS.isr(2, 1, 0), 1);
    }

    @Test
    void keepAllKeepsEverythingOf01To23To34() {
        assertDrops(KEEP_ALL, TOMS.isr(0, 2));
    }

    @Test
    void threeIsDroppedFrom12To23To24WhileItIsBehindExceptByKeepAll() {
        Retarget changed = Retarget.of(Replicas.of(1, 2), Replicas.of(2, 3), Replicas.of(2, 4));
        assertDrops(KEEP_ALL, changed.isr(1, 2));
        assertDrops(ORIGINALS, changed.isr(1, 2), 3);
        assertDrops(PREFER_IN_SYNC, changed.isr(1, 2), 3);
        assertDrops(RETURNING, changed.isr(1, 2), 3);
    }

    @Test
    void aCancelOf12To23DropsThreeExceptByKeepAll() {
        Retarget cancel = Retarget.of(Replicas.of(1, 2), Replicas.of(2, 3), Replicas.of(1, 2));
        assertDrops(KEEP_ALL, cancel.isr(1, 2));
        assertDrops(ORIGINALS, cancel.isr(1, 2), 3);
        assertDrops(PREFER_IN_SYNC, cancel.isr(1, 2), 3);
        assertDrops(RETURNING, cancel.isr(1, 2), 3);
    }

    @Test
    void aCancelKeepsWhatFillsInForAnOriginalThatIsNotInSync() {
        Retarget cancel = Retarget.of(Replicas.of(1, 2), Replicas.of(2, 3), Replicas.of(1, 2));
        assertDrops(ORIGINALS, cancel.isr(2, 3), 3);
        assertDrops(PREFER_IN_SYNC, cancel.isr(2, 3));
    }

    @Test
    void case4OriginalsDropsWhatTheFirstTargetBroughtWhenNothingOfItIsInSync() {
        assertDrops(ORIGINALS, CASE_4.isr(1, 2, 3), 4, 5, 6);
    }

    @Test
    void case4PreferInSyncDropsTheSameSinceTheOriginalsAreInSync() {
        assertDrops(PREFER_IN_SYNC, CASE_4.isr(1, 2, 3), 4, 5, 6);
    }

    @Test
    void case5ACancelDropsWhatTheFirstTargetBrought() {
        Retarget cancel = Retarget.of(Replicas.of(1, 2, 3), Replicas.of(4, 5, 6), Replicas.of(1, 2, 3));
        assertDrops(ORIGINALS, cancel.isr(1, 2, 3), 4, 5, 6);
        assertDrops(PREFER_IN_SYNC, cancel.isr(1, 2, 3), 4, 5, 6);
    }

    @Test
    void case6NobodyDropsThreeFrom012To123To234() {
        assertThat(ALL).allSatisfy(policy -> {
            assertThat(policy.droppable(OVERLAPPING.isr(0, 1, 2)).contains(3)).isFalse();
            assertThat(policy.droppable(OVERLAPPING.isr(0, 1, 2, 3)).contains(3))
                    .isFalse();
        });
    }

    @Test
    void case6PreferInSyncDropsNothingWhileThreeIsNotInSync() {
        assertDrops(PREFER_IN_SYNC, OVERLAPPING.isr(0, 1, 2));
    }

    @Test
    void case6PreferInSyncDropsTheOneThatDoesNotLeadOnceThreeIsInSync() {
        assertDrops(PREFER_IN_SYNC, OVERLAPPING.isr(0, 1, 2, 3), 1);
    }

    @Test
    void case7OriginalsLetsGoOfOneBeforeThreeStarts() {
        Replicas original = Replicas.of(0);
        assertDrops(ORIGINALS, new Retarget(original, Replicas.of(1, 0), Replicas.of(2)).isr(0), 1);
        assertDrops(ORIGINALS, new Retarget(original, Replicas.of(2, 0), Replicas.of(3)).isr(0), 2);
    }

    @Test
    void case9PreferInSyncKeepsTheOriginalsThatAreInSyncAndDropsTheRest() {
        Retarget changed = new Retarget(Replicas.of(0, 1, 2), Replicas.of(3, 4, 5, 0, 1, 2), Replicas.of(6, 7, 8));
        assertDrops(PREFER_IN_SYNC, changed.isr(0, 1, 2), 3, 4, 5);
    }

    @Test
    void case10PreferInSyncDropsNothingWhileTheOnlySharedReplicaFillsOneSlot() {
        Retarget changed = new Retarget(Replicas.of(0, 1), Replicas.of(0, 1), Replicas.of(0, 2));
        assertDrops(PREFER_IN_SYNC, changed.isr(0));
    }

    @Test
    void preferInSyncRanksLiveBeforeDeadAndOriginalsFirstAmongEquals() {
        Retarget changed = new Retarget(Replicas.of(0, 1), Replicas.of(2, 3, 0, 1), Replicas.of(4, 5));
        Replicas live = Replicas.of(2, 3, 4, 5);
        assertDrops(PREFER_IN_SYNC, changed.isr(live, List.of(), new Integer[0]), 0, 1);
        assertDrops(PREFER_IN_SYNC, changed.isr(), 2, 3);
    }

    @Test
    void preferInSyncDoesNotPreferALeaderThatIsDead() {
        Retarget changed = new Retarget(Replicas.of(0), Replicas.of(1, 0), Replicas.of(2));
        assertDrops(PREFER_IN_SYNC, changed.isr(Replicas.of(0, 2), List.of(), 1), 1);
    }

    @Test
    void returningKeepsWhatAWaitingRequestBringsBack() {
        assertDrops(RETURNING, CASE_4.waiting(List.of(Replicas.of(4, 8, 9), Replicas.of(6)), 1, 2, 3), 5);
        assertDrops(RETURNING, CASE_4.waiting(List.of(), 1, 2, 3), 4, 5, 6);
    }

    @Test
    void onlyReturningLooksAtWhatWaits() {
        List<Replicas> waiting = List.of(Replicas.of(4, 5, 6));
        assertThat(List.of(KEEP_ALL, ORIGINALS, PREFER_IN_SYNC))
                .allSatisfy(policy -> assertThat(policy.droppable(CASE_4.waiting(waiting, 1, 2, 3)))
                        .isEqualTo(policy.droppable(CASE_4.isr(1, 2, 3))));
    }

    @Test
    void theWaitingRequestOf012To123To234KeepsThreeWhenACancelComesInBetween() {
        Retarget cancel = Retarget.of(Replicas.of(0, 1, 2), Replicas.of(1, 2, 3), Replicas.of(0, 1, 2));
        assertDrops(PREFER_IN_SYNC, cancel.isr(0, 1, 2), 3);
        assertDrops(RETURNING, cancel.waiting(List.of(Replicas.of(2, 3, 4)), 0, 1, 2));
    }

    @Test
    void aWaitingCancelBringsTheOriginalsBack() {
        Replicas original = Replicas.of(0, 1);
        assertDrops(RETURNING, TOMS.isr(0, 2), 1);
        assertDrops(RETURNING, TOMS.waiting(List.of(original), 0, 2));
    }

    @Test
    void returningNeverDropsWhatPreferInSyncKeeps() {
        for (Retarget retarget : List.of(TOMS, OVERLAPPING, CASE_4)) {
            for (Replicas waiting : List.of(Replicas.of(1), Replicas.of(4, 5), Replicas.of(0, 2, 3))) {
                DropContext context = retarget.waiting(List.of(waiting), 0, 2);
                assertThat(RETURNING.droppable(context))
                        .isEqualTo(PREFER_IN_SYNC.droppable(context).minus(waiting));
            }
        }
    }
}
