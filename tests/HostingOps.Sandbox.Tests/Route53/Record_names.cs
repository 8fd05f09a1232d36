using FsCheck;
using FsCheck.Fluent;
using HostingOps.Sandbox.Route53;

namespace HostingOps.Sandbox.Tests.Route53;

public sealed class Record_names
{
    [Theory]
    [InlineData("WWW.Example.COM", "www.example.com.")]
    [InlineData("*.example.com.", "\\052.example.com.")]
    [InlineData("\\052.example.com", "\\052.example.com.")]
    [InlineData("a\\056b.example.com", "a\\056b.example.com.")]
    [InlineData("_dmarc.example.com", "_dmarc.example.com.")]
    [InlineData("\\344.example.com", "\\344.example.com.")]
    public void Names_are_kept_in_Route_53_s_form(string given, string kept) => Assert.Equal(kept, RecordName.Parse(given).Text);

    [Fact]
    public void A_kept_name_reads_back_as_itself() => Prop.ForAll(
        ArbMap.Default.ArbFor<NonEmptyArray<byte>>(),
        label =>
        {
            var octal = string.Concat(label.Get.Take(63).Select(value => "\\" + Convert.ToString(value, 8).PadLeft(3, '0')));
            var name = RecordName.Parse(octal + ".example.com");
            return RecordName.Parse(name.Text).Equals(name) && name.IsWithin(RecordName.Parse("example.com"));
        }).QuickCheckThrowOnFailure();
}
