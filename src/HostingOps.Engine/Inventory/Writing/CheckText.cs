using System.Globalization;

namespace HostingOps.Engine.Inventory.Writing;

/// <summary>A check as its keys and their YAML values, in the documented order. A setting that is off has the value null.</summary>
internal static class CheckText
{
    public static IReadOnlyList<(string Key, string? Value)> Of(HealthCheckPolicy check) =>
    [
        ("path", YamlText.Scalar(check.Path)),
        ("scheme", check.Scheme),
        ("port", Number(check.Port)),
        ("timeout", DurationText.Format(check.Timeout)),
        ("interval", DurationText.Format(check.Interval)),
        ("confirmInterval", DurationText.Format(check.ConfirmInterval)),
        ("failAfter", Number(check.FailAfter)),
        ("recoverAfter", Number(check.RecoverAfter)),
        ("faultDuration", DurationText.Format(check.FaultDuration)),
        ("intermittent", YamlText.Map([("failures", Number(check.Intermittent.Failures)!), ("of", Number(check.Intermittent.Of)!)])),
        ("holdDown", DurationText.Format(check.HoldDown)),
        ("maxHoldDown", DurationText.Format(check.MaxHoldDown)),
        ("flapWindow", DurationText.Format(check.FlapWindow)),
        ("standbyInterval", DurationText.Format(check.StandbyInterval)),
        ("expectStatus", "[" + string.Join(", ", check.ExpectStatus.Select(static range => range.ToString())) + "]"),
        ("expectBody", check.ExpectBody is null ? null : YamlText.Scalar(check.ExpectBody)),
        ("maxRedirects", Number(check.MaxRedirects)),
        ("certificate", Word(check.Certificate)),
        ("certificateWarningDays", Number(check.CertificateWarningDays)),
        ("slowAfter", check.SlowAfter is null ? null : DurationText.Format(check.SlowAfter.Value)),
        ("caFile", check.CaFile is null ? null : YamlText.Scalar(check.CaFile)),
    ];

    public static string Word(CertificatePolicy policy) => policy switch
    {
        CertificatePolicy.Enforce => "enforce",
        CertificatePolicy.Report => "report",
        CertificatePolicy.Ignore => "ignore",
        _ => throw new ArgumentOutOfRangeException(nameof(policy), policy, "Not a certificate policy."),
    };

    private static string? Number(int? number) => number?.ToString(CultureInfo.InvariantCulture);
}
