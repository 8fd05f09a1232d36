using Amazon.EC2;

namespace HostingOps.Engine.Aws;

/// <summary>Calls EC2 with its errors in our words.</summary>
internal static class EC2Call
{
    /// <summary>Makes the call.</summary>
    /// <param name="action">The IAM action, <c>ec2:AssociateAddress</c>.</param>
    /// <param name="target">What it is about.</param>
    /// <param name="call">The call.</param>
    /// <exception cref="HostingException">As <see cref="AwsErrorTranslation.Translate"/> has it.</exception>
    public static async Task<T> AsAsync<T>(string action, object? target, Func<Task<T>> call)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (Exception error) when (error is not (OperationCanceledException or HostingException))
        {
            throw AwsErrorTranslation.Translate(error, target, action);
        }
    }

    /// <summary>Asks EC2 whether it would let the caller do it; null when it would, else its refusal.</summary>
    /// <param name="action">The IAM action.</param>
    /// <param name="target">What it is about.</param>
    /// <param name="dryRun">The call with DryRun set.</param>
    /// <exception cref="HostingException">EC2 could not be asked: nobody knows.</exception>
    public static async Task<HostingException?> RefusalOfAsync(string action, object? target, Func<Task> dryRun)
    {
        try
        {
            await dryRun().ConfigureAwait(false);
        }
        catch (AmazonEC2Exception error) when (error.ErrorCode == "DryRunOperation")
        {
            return null;
        }
        catch (Exception error) when (error is not (OperationCanceledException or HostingException))
        {
            var known = AwsErrorTranslation.Translate(error, target, action);
            return known.Category is HostingErrorCategory.ConnectionError or HostingErrorCategory.ProtocolError or HostingErrorCategory.LimitsExceeded
                or HostingErrorCategory.NotSpecified ? throw known : known;
        }

        throw new HostingException(
            ErrorIds.AwsAnswerUnreadable,
            HostingErrorCategory.ProtocolError,
            target,
            $"What answers for AWS carried a dry run of {action} out instead of refusing it with DryRunOperation.",
            "Check the endpoint URL: an emulator that ignores DryRun can't be asked for permission.");
    }
}
