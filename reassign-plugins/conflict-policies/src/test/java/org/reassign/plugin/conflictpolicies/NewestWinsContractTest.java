package org.reassign.plugin.conflictpolicies;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.reassign.api.spi.ConflictPolicy;
import org.reassign.api.spi.ConflictPolicy.Resolution;
import org.reassign.testkit.ConflictPolicyContract;

class NewestWinsContractTest implements ConflictPolicyContract {
    @Override
    public ConflictPolicy policy() {
        return new NewestWins();
    }

    @Override
    public boolean holdsSomeOutdated() {
        return true;
    }

    @Test
    void the_later_modification_wins_however_either_came() {
        assertThat(ConflictPolicyContract.meetings())
                .allSatisfy(meeting -> assertThat(
                                policy().resolve(meeting.running(), meeting.request(), meeting.entry()))
                        .isEqualTo(
                                meeting.request().zxid() < meeting.running().zxid()
                                        ? new Resolution.Outdated()
                                        : new Resolution.Accept()));
    }
}
