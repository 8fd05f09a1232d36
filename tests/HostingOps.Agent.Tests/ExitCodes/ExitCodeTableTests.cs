using HostingOps.Agent.ExitCodes;

namespace HostingOps.Agent.Tests.ExitCodes;

public sealed class ExitCodeTableTests
{
    [Theory]
    [InlineData(FailoverOutcome.Succeeded, 0)]
    [InlineData(FailoverOutcome.Unchanged, 0)]
    [InlineData(FailoverOutcome.Failed, 1)]
    [InlineData(FailoverOutcome.Refused, 4)]
    [InlineData(FailoverOutcome.Conflict, 5)]
    [InlineData(FailoverOutcome.SwitchedWithWarnings, 6)]
    [InlineData(FailoverOutcome.Unknown, 6)]
    [InlineData(FailoverOutcome.InProgress, 6)]
    public void Each_outcome_has_its_documented_code(FailoverOutcome outcome, int code) => Assert.Equal(code, (int)ExitCodeTable.For(outcome));

    [Theory]
    [InlineData(SiteStatus.Healthy, 0)]
    [InlineData(SiteStatus.Degraded, 0)]
    [InlineData(SiteStatus.Down, 3)]
    [InlineData(SiteStatus.Unknown, 7)]
    public void Each_status_has_its_documented_code(SiteStatus status, int code) => Assert.Equal(code, (int)ExitCodeTable.For(status));

    [Theory]
    [InlineData(ErrorIds.SiteNotFound, HostingErrorCategory.ObjectNotFound, 1)]
    [InlineData(ErrorIds.InventoryInvalid, HostingErrorCategory.InvalidData, 1)]
    [InlineData(ErrorIds.OverrideNotAllowed, HostingErrorCategory.InvalidArgument, 2)]
    [InlineData(ErrorIds.ConfirmationRequired, HostingErrorCategory.InvalidArgument, 2)]
    [InlineData(ErrorIds.FailoverRefused, HostingErrorCategory.Refused, 4)]
    [InlineData(ErrorIds.SiteBusy, HostingErrorCategory.Conflict, 5)]
    [InlineData(ErrorIds.ChangeOutcomeUnknown, HostingErrorCategory.ConnectionError, 6)]
    [InlineData(ErrorIds.VerificationFailed, HostingErrorCategory.VerificationFailed, 6)]
    [InlineData(ErrorIds.OperationNotUndoable, HostingErrorCategory.InvalidArgument, 1)]
    [InlineData(ErrorIds.AwsRequestFailed, HostingErrorCategory.InvalidArgument, 1)]
    [InlineData(ErrorIds.AwsRequestFailed, HostingErrorCategory.Conflict, 5)]
    [InlineData(ErrorIds.Interrupted, HostingErrorCategory.NotSpecified, 130)]
    public void Each_error_has_its_documented_code(string id, HostingErrorCategory category, int code) =>
        Assert.Equal(code, (int)ExitCodeTable.For(new HostingException(id, category, null, "m")));

    [Fact]
    public void No_error_and_no_outcome_but_success_exits_with_0()
    {
        Assert.All(Enum.GetValues<HostingErrorCategory>(), static category =>
            Assert.NotEqual(ExitCode.Success, ExitCodeTable.For(new HostingException("X", category, null, "m"))));
        Assert.Equal(
            [FailoverOutcome.Succeeded, FailoverOutcome.Unchanged],
            Enum.GetValues<FailoverOutcome>().Where(static outcome => ExitCodeTable.For(outcome) == ExitCode.Success));
    }

    [Fact]
    public void Of_several_the_most_urgent_counts()
    {
        Assert.Equal(ExitCode.Success, ExitCodeTable.Worst([]));
        Assert.Equal(ExitCode.Down, ExitCodeTable.Worst([ExitCode.Undetermined, ExitCode.Down, ExitCode.Success]));
        Assert.Equal(ExitCode.NotProven, ExitCodeTable.Worst([ExitCode.Refused, ExitCode.NotProven, ExitCode.Error]));
        Assert.Equal(ExitCode.Conflict, ExitCodeTable.Worst([ExitCode.Refused, ExitCode.Conflict]));
    }

    [Fact]
    public void Every_code_is_explained_and_ranked()
    {
        Assert.Equal(Enum.GetValues<ExitCode>().Order(), ExitCodeTable.Meanings.Select(static meaning => meaning.Code).Order());
        Assert.All(Enum.GetValues<ExitCode>(), static code => Assert.Equal(code, ExitCodeTable.Worst([ExitCode.Success, code])));
    }
}
