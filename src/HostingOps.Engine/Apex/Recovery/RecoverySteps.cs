namespace HostingOps.Engine.Apex.Recovery;

/// <summary>A plan's steps in words.</summary>
internal static class RecoverySteps
{
    /// <summary>How redirects are tested when https is.</summary>
    public const string BothSchemes = "over http and https";

    /// <summary>Why https is not tested: it was not wanted.</summary>
    public const string HttpsSkipped = "-SkipHttps was given";

    /// <summary>Why https is not tested: there is nothing to test it with.</summary>
    public const string NoCertificates = "apex.instance.setup is empty, so that nothing gives the instance its certificates";

    /// <summary>How redirects are tested when https is not.</summary>
    public static string HttpOnly(string? why) => $"over http only ({why ?? "https is not tested"})";

    /// <summary>One sentence each, in order.</summary>
    public static IReadOnlyList<string> Of(ApexRecoveryPlan plan)
    {
        var how = plan.TestsHttps ? BothSchemes : HttpOnly(plan.WithoutHttps);
        var steps = new List<string>
        {
            $"Launch a {plan.InstanceType ?? "(type missing)"} from {plan.ImageName ?? "(image missing)"} in {(plan.Places.Count > 0 ? string.Join(", or in ", plan.Places) : "(no zone)")}"
                + $"{(plan.KeyName is { } key ? $", key {key}" : "")}, group {(plan.SecurityGroups.Count > 0 ? string.Join(", ", plan.SecurityGroups) : "(missing)")}.",
            plan.Delivery == ApexConfigDelivery.UserData
                ? FormattableString.Invariant($"Wait until it runs and serves by its own address; its user data ({plan.UserDataSize:N0} bytes) has the configuration.")
                : FormattableString.Invariant($"Wait until it runs and nginx answers by its own address; its user data ({plan.UserDataSize:N0} bytes) has no redirects yet."),
            FormattableString.Invariant($"Test {plan.RedirectCount} redirects by its own address, {how}."),
            $"Move {plan.PublicIp} from {plan.From} to it.",
            FormattableString.Invariant($"Test {plan.RedirectCount} redirects by {plan.PublicIp}, {(plan.TestsHttps ? BothSchemes : "over http only")}, and tag what was changed."),
        };
        if (plan.Delivery == ApexConfigDelivery.Ssh)
        {
            steps.Insert(2, $"Read its ssh host keys from its console, for which AWS may need minutes, and publish the configuration by ssh{(plan.KeyName is { } pair ? $" with key {pair}" : "")}.");
        }

        if (plan.OldInstanceId is { } old)
        {
            steps.Add(plan.TerminateOld ? $"Terminate {old}." : $"Leave {old} as it is.");
        }

        return steps;
    }
}
