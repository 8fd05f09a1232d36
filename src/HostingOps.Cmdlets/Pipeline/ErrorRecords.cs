using System.Management.Automation;

namespace HostingOps.Cmdlets.Pipeline;

/// <summary>The one table from the engine's errors to PowerShell's.</summary>
internal static class ErrorRecords
{
    /// <summary>
    /// The record of an error. Its FullyQualifiedErrorId starts with the <see cref="HostingException.ErrorId"/>; anything
    /// that is no <see cref="HostingException"/> is <see cref="ErrorIds.Unexpected"/>.
    /// </summary>
    public static ErrorRecord From(Exception error, object? target = null)
    {
        var cause = Unwrap(error);
        if (cause is not HostingException known)
        {
            return new ErrorRecord(cause, ErrorIds.Unexpected, ErrorCategory.NotSpecified, target);
        }

        var record = new ErrorRecord(known, known.ErrorId, CategoryOf(known.Category), target ?? known.Target);
        if (known.RecommendedAction is { Length: > 0 } action)
        {
            record.ErrorDetails = new ErrorDetails(known.Message) { RecommendedAction = action };
        }

        return record;
    }

    internal static ErrorCategory CategoryOf(HostingErrorCategory category) => category switch
    {
        HostingErrorCategory.InvalidArgument => ErrorCategory.InvalidArgument,
        HostingErrorCategory.InvalidData => ErrorCategory.InvalidData,
        HostingErrorCategory.ObjectNotFound => ErrorCategory.ObjectNotFound,
        HostingErrorCategory.Ambiguous => ErrorCategory.InvalidArgument,
        HostingErrorCategory.Conflict => ErrorCategory.ResourceExists,
        HostingErrorCategory.Refused => ErrorCategory.PermissionDenied,
        HostingErrorCategory.AuthenticationError => ErrorCategory.AuthenticationError,
        HostingErrorCategory.ConnectionError => ErrorCategory.ConnectionError,
        HostingErrorCategory.LimitsExceeded => ErrorCategory.LimitsExceeded,
        HostingErrorCategory.ProtocolError => ErrorCategory.ProtocolError,
        HostingErrorCategory.ResourceUnavailable => ErrorCategory.ResourceUnavailable,
        HostingErrorCategory.ExternalProgramFailed => ErrorCategory.FromStdErr,
        HostingErrorCategory.OperationTimeout => ErrorCategory.OperationTimeout,
        HostingErrorCategory.VerificationFailed => ErrorCategory.InvalidResult,
        _ => ErrorCategory.NotSpecified,
    };

    private static Exception Unwrap(Exception error) => error switch
    {
        AggregateException { InnerExceptions.Count: 1 } aggregate => Unwrap(aggregate.InnerExceptions[0]),

        // The runtime hides what our load context says of a missing file behind a text of its own.
        FileNotFoundException { InnerException: FileNotFoundException told } => told,
        _ => error,
    };
}
