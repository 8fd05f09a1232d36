using Amazon.Runtime;

namespace HostingOps.Engine.Aws;

/// <summary>What it means when credentials can't be had. The causes' own texts may quote tokens and are not passed on.</summary>
internal static class CredentialFailure
{
    /// <summary>Translates what a source of credentials threw.</summary>
    /// <param name="error">What was thrown; a HostingException in it is returned as it is.</param>
    /// <param name="what">The credentials: <c>profile 'agency'</c>.</param>
    /// <param name="asked">The IAM action that was asked of AWS, where it was one.</param>
    public static HostingException Translate(Exception error, string what, string? asked = null)
    {
        if (AwsFailure.Find<HostingException>(error) is { } known)
        {
            return known;
        }

        var isService = AwsFailure.Find<AmazonServiceException>(error) is { ErrorCode.Length: > 0 };
        if (isService || AwsErrorTranslation.IsConnectionFailure(error))
        {
            return AwsErrorTranslation.Translate(error, what, asked ?? $"the request for {what}");
        }

        return Unusable(what, $"they could not be obtained ({error.GetType().Name})");
    }

    public static HostingException Unusable(string what, string reason, string? action = null) => new(
        ErrorIds.AwsCredentialsInvalid,
        HostingErrorCategory.AuthenticationError,
        what,
        $"Cannot use {what}: {reason}.",
        action ?? "Try 'aws sts get-caller-identity' with the same profile; sign in again if it fails too ('aws sso login' for SSO).");

    public static HostingException Missing(string seen) => new(
        ErrorIds.AwsCredentialsMissing,
        HostingErrorCategory.AuthenticationError,
        "AWS",
        $"No AWS credentials were found: {seen}.",
        "Sign in ('aws configure' or 'aws sso login'), name a profile with -ProfileName or 'aws: { profile: … }' in the inventory, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.");
}
