using Amazon.EC2.Model;

namespace HostingOps.Engine.Apex.Recovery;

/// <summary>What an instance is launched with: the inventory's word, and where it is silent, the former redirector's.</summary>
internal static class RecoverySettings
{
    private const string UsualName = "apex-redirector";

    /// <summary>Fills the plan, and answers SettingsComplete.</summary>
    public static ApexRecoveryPlan Apply(ApexRecoveryPlan plan, ApexSettings apex, Instance? old, ApexRecoveryOptions options, List<ApexRecoveryGate> gates)
    {
        var settings = apex.Instance;
        var taken = new List<string>();
        var type = settings.Type ?? Taken("type", old?.InstanceType?.Value);
        var key = settings.KeyName ?? Taken("keyName", old?.KeyName);
        IReadOnlyList<string> groups = settings.SecurityGroup is { } named ? [named]
            : (old?.SecurityGroups ?? []).Select(static group => group.GroupId ?? group.GroupName).OfType<string>().ToList();
        if (settings.SecurityGroup is null && groups.Count > 0)
        {
            taken.Add("securityGroup " + string.Join(", ", groups));
        }

        var subnet = options.SubnetId is not null || settings.Subnets.Count > 0;
        var inner = apex.ConfigPath.StartsWith(RecoveryUserData.ConfigFolder, StringComparison.Ordinal)
            && apex.ConfigPath.LastIndexOf('/') == RecoveryUserData.ConfigFolder.Length - 1
            && apex.ConfigPath.EndsWith(".conf", StringComparison.Ordinal);
        var missing = new List<string>();
        AddIf(type is null, "apex.instance.type is missing, and there is no former redirector to take it from");
        AddIf(groups.Count == 0, "apex.instance.securityGroup is missing, and there is no former redirector to take it from; the default group lets no visitor in");
        AddIf(
            subnet && settings.SecurityGroup is not null && !settings.SecurityGroup.StartsWith("sg-", StringComparison.Ordinal),
            $"with a subnet EC2 takes security groups by id only: apex.instance.securityGroup is '{settings.SecurityGroup}', sg-... is needed");
        AddIf(!inner, $"apex.configPath is {apex.ConfigPath}; a new nginx reads only {RecoveryUserData.ConfigFolder}*.conf");
        gates.Add(new(
            ApexRecoveryGateName.SettingsComplete,
            missing.Count == 0 ? GateOutcome.Passed : GateOutcome.Refused,
            missing.Count > 0 ? $"In the inventory, {string.Join("; ", missing)}."
                : taken.Count > 0 ? $"The inventory, and from {old!.InstanceId}: {string.Join("; ", taken)}."
                : "All is in the inventory."));
        var name = old?.Tags?.Find(static tag => tag.Key == "Name")?.Value;
        var tags = new Dictionary<string, string>(StringComparer.Ordinal) { ["Name"] = string.IsNullOrEmpty(name) ? UsualName : name };
        foreach (var (tag, value) in settings.Tags)
        {
            tags[tag] = value;
        }

        return plan with { InstanceType = type, KeyName = key, SecurityGroups = groups, InstanceProfile = settings.Profile, Tags = tags };

        string? Taken(string setting, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                taken.Add($"{setting} {value}");
                return value;
            }

            return null;
        }

        void AddIf(bool problem, string text)
        {
            if (problem)
            {
                missing.Add(text);
            }
        }
    }
}
