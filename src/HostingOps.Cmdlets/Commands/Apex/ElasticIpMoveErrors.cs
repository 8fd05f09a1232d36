namespace HostingOps.Cmdlets.Commands.Apex;

/// <summary>What the result of a move means for the error stream: what was not moved, or not proven, must never look like success.</summary>
internal static class ElasticIpMoveErrors
{
    /// <summary>The error of a result, or null when it went well.</summary>
    public static HostingException? From(ElasticIpMoveResult result) => result.Outcome switch
    {
        ElasticIpMoveOutcome.Moved or ElasticIpMoveOutcome.AlreadyThere => null,
        ElasticIpMoveOutcome.Refused => Make(
            result, ErrorIds.ElasticIpMoveRefused, HostingErrorCategory.Refused, "Nothing was changed. Mend what refused, and run the command again."),
        ElasticIpMoveOutcome.Conflict => Make(
            result, ErrorIds.ElasticIpConflict, HostingErrorCategory.Conflict, "Look at the address with Get-ElasticIp, and run the command again if the move is still wanted."),
        ElasticIpMoveOutcome.MovedUnproven => Make(
            result,
            ErrorIds.ElasticIpNotProven,
            HostingErrorCategory.VerificationFailed,
            result.Undo is { } undo ? $"The address is moved. Look at the instance; the way back: {undo.Command}" : "The address is moved. Look at the instance."),
        ElasticIpMoveOutcome.Unknown => Make(
            result, ErrorIds.ChangeOutcomeUnknown, HostingErrorCategory.OperationTimeout, "Run the command again: it reads what happened, and never moves twice."),
        _ => Make(result, ErrorIds.AwsRequestFailed, HostingErrorCategory.NotSpecified, "Nothing was changed."),
    };

    private static HostingException Make(ElasticIpMoveResult result, string usualId, HostingErrorCategory category, string action) =>
        new(result.ErrorId ?? usualId, category, result.PublicIp, $"{result.PublicIp}: {result.Reason}", action);
}
