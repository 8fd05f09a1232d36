using System.Globalization;
using HostingOps.Engine.Inventory;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Inventory;

public sealed class CultureTests
{
    [Theory]
    [InlineData("tr-TR")]
    [InlineData("de-DE")]
    [InlineData("ar-SA")]
    public void Findings_and_values_are_the_same_in_every_culture(string name)
    {
        var expected = In("", Everything);

        Assert.Equal(expected, In(name, Everything));
    }

    private static string Everything()
    {
        var yaml = FindingCases.All.Select(static example => example.Yaml.Replace("§", "", StringComparison.Ordinal));
        var findings = yaml.SelectMany(static text => InventoryYaml.Parse(text).Findings).Select(static finding => finding.ToString());
        var sample = InventoryLoader.Load(RepositoryRoot.Combine("samples", "hosting.yml")).Inventory!;
        var capital = InventoryYaml.Load(InventoryYaml.With("acme.example", "DIGITAL-I.example").Replace("provider: linode", "provider: LINODE", StringComparison.Ordinal));
        return string.Join(
            '\n',
            [
                .. findings,
                InventoryWriter.Write(sample),
                InventoryWriter.Write(capital),
                new SiteSelector(sample).Select(["CLINIC", "F*IST"]).Count.ToString(CultureInfo.InvariantCulture),
                NameSuggestion.Nearest("CLINIK", sample.Sites.Select(static site => site.Name)) ?? "none",
                DurationText.Format(TimeSpan.FromMilliseconds(1500)),
            ]);
    }

    private static string In(string culture, Func<string> make)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            return make();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
