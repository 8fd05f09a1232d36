@{
    RootModule = 'bin/HostingOps.Cmdlets.dll'

    # The build puts the version of Directory.Build.props here.
    ModuleVersion = '0.0.0'

    GUID = '961243ee-4d19-468c-b92b-3634e8ddd317'
    Author = 'HostingOps contributors'
    CompanyName = 'HostingOps contributors'
    Copyright = '(c) HostingOps contributors. MIT license.'
    Description = 'Keeps small websites alive on pairs of servers: checks them, fails them over through Amazon Route 53 with every reason shown, proves the switch, undoes it, and rehearses all of it on this machine.'

    # Windows PowerShell 5.1 is not supported: the module needs .NET 8 or later.
    PowerShellVersion = '7.4'
    CompatiblePSEditions = @('Core')

    FormatsToProcess = @('HostingOps.Format.ps1xml', 'HostingOps.Parts.Format.ps1xml', 'HostingOps.Alerts.Format.ps1xml', 'HostingOps.Apex.Format.ps1xml', 'HostingOps.DnsAudit.Format.ps1xml', 'HostingOps.DynamicDns.Format.ps1xml', 'HostingOps.Maintenance.Format.ps1xml', 'HostingOps.Mirror.Format.ps1xml', 'HostingOps.MirrorServing.Format.ps1xml', 'HostingOps.SiteWatch.Format.ps1xml', 'HostingOps.WatchStatus.Format.ps1xml', 'HostingOps.Witnesses.Format.ps1xml', 'HostingOps.ZoneChanges.Format.ps1xml', 'HostingOps.ZoneFiles.Format.ps1xml')
    TypesToProcess = @('HostingOps.Types.ps1xml')

    FunctionsToExport = @()
    AliasesToExport = @()
    VariablesToExport = @()
    CmdletsToExport = @(
        'Disable-SiteFailover'
        'Enable-SiteFailover'
        'Export-HostedZone'
        'Get-ApexHistory'
        'Get-ElasticIp'
        'Get-HostedSite'
        'Get-HostingAlert'
        'Get-HostingIncident'
        'Get-PublicIpAddress'
        'Get-SiteDnsTarget'
        'Get-SiteFailoverHistory'
        'Get-SiteFailoverPlan'
        'Get-SiteMirror'
        'Get-SiteWatchStatus'
        'Import-HostedZone'
        'Invoke-FailoverDrill'
        'Invoke-SiteFailover'
        'Move-ElasticIp'
        'New-ApexRedirectConfig'
        'New-HostingInventory'
        'New-SiteMirrorConfig'
        'Publish-ApexRedirectConfig'
        'Register-SiteWatch'
        'Restore-ApexRedirector'
        'Resume-SiteFailover'
        'Save-SiteMirror'
        'Send-HostingAlert'
        'Set-SiteDnsTarget'
        'Start-HostingSandbox'
        'Start-SiteWatch'
        'Stop-HostingSandbox'
        'Sync-SiteDns'
        'Test-ApexRedirect'
        'Test-HostingInventory'
        'Test-SiteDns'
        'Test-SiteHealth'
        'Test-SiteMirror'
        'Undo-SiteFailover'
        'Unregister-SiteWatch'
        'Update-DynamicDns'
    )

    PrivateData = @{
        PSData = @{
            # Prerelease: the build puts a version suffix here.
            Tags = @('Route53', 'DNS', 'failover', 'hosting', 'AWS', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
            LicenseUri = 'https://opensource.org/license/mit'
        }
    }
}
