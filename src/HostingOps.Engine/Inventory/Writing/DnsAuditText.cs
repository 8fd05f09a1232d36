using System.Globalization;

namespace HostingOps.Engine.Inventory.Writing;

/// <summary>The dnsAudit section as YAML: what differs from the built-in values.</summary>
internal static class DnsAuditText
{
    /// <summary>Each setting with its value, in the documented order.</summary>
    public static IEnumerable<(string Key, string Value)> Entries(DnsAuditSettings settings) =>
        All(settings).Where(static entry => entry.Value != entry.BuiltIn).Select(static entry => (entry.Key, entry.Value));

    /// <summary>Each setting with its value and the built-in one.</summary>
    public static IEnumerable<(string Key, string Value, string BuiltIn)> All(DnsAuditSettings settings) =>
        Values(settings).Zip(Values(DnsAuditSettings.Default), static (own, builtIn) => (own.Key, own.Value, builtIn.Value));

    private static (string Key, string Value)[] Values(DnsAuditSettings settings) =>
    [
        ("resolvers", YamlText.List(settings.Resolvers)),
        ("certificateAuthorities", YamlText.List(settings.CertificateAuthorities)),
        ("wildcardCertificates", settings.WildcardCertificates ? "true" : "false"),
        ("maxSwitchTime", DurationText.Format(settings.MaxSwitchTime)),
        ("signatureWarningDays", Number(settings.SignatureWarningDays)),
        ("questionsAtOnce", Number(settings.QuestionsAtOnce)),
        ("questionsPerSecond", Number(settings.QuestionsPerSecond)),
        ("roots", YamlText.List(settings.Roots)),
        ("port", Number(settings.Port)),
    ];

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
