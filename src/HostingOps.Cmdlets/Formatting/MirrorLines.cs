using System.Globalization;

namespace HostingOps.Cmdlets.Formatting;

/// <summary>What a mirror does not have, for the default views. Used by the module's Format.ps1xml files; not meant for scripts.</summary>
public static class MirrorLines
{
    /// <summary>A reason a line, with how many URLs and two of them.</summary>
    public static string Omissions(object? omissions) => string.Join('\n', ViewedObject.Items(omissions).Select(static omission => string.Create(
        CultureInfo.InvariantCulture,
        $"{ViewedObject.Text(omission, nameof(MirrorOmission.Count))} x {ViewedObject.Text(omission, nameof(MirrorOmission.Reason))}: {string.Join(", ", Examples(omission))}")));

    private static IEnumerable<string> Examples(object omission) => ViewedObject.Items(ViewedObject.Property(omission, nameof(MirrorOmission.Examples))).Take(2).Select(ViewedObject.Text);
}
