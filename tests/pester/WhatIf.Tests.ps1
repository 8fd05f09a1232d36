# -WhatIf changes nothing: the zone's and the state's bytes are compared, before and after.
BeforeAll {
    $modulePath = & (Join-Path $PSScriptRoot 'Get-TestedModule.ps1')
    Import-Module $modulePath -Force
    . (Join-Path $PSScriptRoot 'Rehearsal.ps1')
    $env:HOSTINGOPS_STATE = Join-Path $TestDrive 'state.db'
    $sandbox = New-Rehearsal
    $env:HOSTINGOPS_INVENTORY = $sandbox.InventoryPath
    $null = Invoke-SiteFailover clinic -Planned -Force
    Disable-SiteFailover bakery 'Migration'
    $zoneFile = Join-Path $TestDrive 'new.zone'
    Set-Content $zoneFile 'new 60 IN A 192.0.2.1'
    $folder = New-Item (Join-Path $TestDrive 'empty') -ItemType Directory
}

AfterAll {
    $sandbox.Dispose()
    $env:HOSTINGOPS_STATE = $null
    $env:HOSTINGOPS_INVENTORY = $null
}

Describe 'With -WhatIf' {
    It 'it is a test that can fail: a change shows in the zone and in the state' {
        $zone = Get-ZoneBody $sandbox
        $state = Get-StateHash
        $null = Invoke-SiteFailover acme -Planned -Force
        Get-ZoneBody $sandbox | Should -Not -BeExactly $zone
        Get-StateHash | Should -Not -Be $state
        $null = Undo-SiteFailover acme -Force
    }

    It 'nothing changes, but what would is told: <Name>' -ForEach @(
        @{ Name = 'Invoke-SiteFailover'; Script = { Invoke-SiteFailover acme, clinic -Planned -Force -WhatIf }; Told = 'Switchover of acme: left -> right' }
        @{ Name = 'Invoke-SiteFailover, refused'; Script = { Invoke-SiteFailover acme -WhatIf }; Told = 'Failover of acme: left -> right is REFUSED' }
        @{ Name = 'a plan'; Script = { Get-SiteFailoverPlan acme -Planned | Invoke-SiteFailover -WhatIf }; Told = 'Switchover of acme' }
        @{ Name = '$WhatIfPreference'; Script = { $WhatIfPreference = $true; Invoke-SiteFailover acme -Planned -Force }; Told = 'Switchover of acme' }
        @{ Name = 'Undo-SiteFailover'; Script = { Undo-SiteFailover clinic -Force -WhatIf }; Told = 'Undo of clinic: right -> left' }
        @{ Name = 'Resume-SiteFailover'; Script = { Resume-SiteFailover -Force -WhatIf }; Told = '' }
        @{ Name = 'Set-SiteDnsTarget'; Script = { Set-SiteDnsTarget acme right -Force -WhatIf }; Told = 'Change by hand of acme: left -> right' }
        @{ Name = 'Set-SiteDnsTarget -Role'; Script = { Set-SiteDnsTarget * -Role Secondary -WhatIf }; Told = 'Change by hand of bakery: right -> left' }
        @{ Name = 'Disable-SiteFailover'; Script = { Disable-SiteFailover acme 'Migration' -PassThru -WhatIf }; Told = 'Switch failover off.*acme' }
        @{ Name = 'Enable-SiteFailover'; Script = { Enable-SiteFailover bakery -PassThru -WhatIf }; Told = 'Switch failover on.*bakery' }
        @{ Name = 'New-HostingInventory'; Script = { New-HostingInventory (Join-Path $folder 'new.yml') -Force -WhatIf }; Told = 'Write inventory.*new\.yml' }
        @{ Name = 'New-HostingInventory -FromZone'; Script = { New-HostingInventory (Join-Path $folder 'new.yml') -FromZone sites.example.net -EndpointUrl $sandbox.EndpointUrl -WhatIf }; Told = 'Write inventory' }
        @{ Name = 'New-ApexRedirectConfig'; Script = { $null = New-ApexRedirectConfig -Path (Join-Path $folder 'apex.conf') -SkipTest -WhatIf }; Told = 'Write the redirects of \d+ names for Nginx.*apex\.conf' }
        @{ Name = 'Export-HostedZone'; Script = { $null = Export-HostedZone -Path (Join-Path $folder 'a.zone') -WhatIf }; Told = 'Write \d+ record sets of sites\.example\.net as Bind.*a\.zone' }
        @{ Name = 'Import-HostedZone'; Script = { Import-HostedZone $zoneFile -Force -WhatIf }; Told = 'Import of sites\.example\.net: 1 to create' }
        @{ Name = 'Start-HostingSandbox'; Script = { Start-HostingSandbox -WhatIf }; Told = 'Start sandbox.*sites of' }
        @{ Name = 'Stop-HostingSandbox'; Script = { $sandbox | Stop-HostingSandbox -PassThru -WhatIf }; Told = 'Stop sandbox' }
    ) {
        $zone = Get-ZoneBody $sandbox
        $state = Get-StateHash
        $changes = $sandbox.ApiCalls['ChangeResourceRecordSets']
        $transcript = Join-Path $TestDrive "$([guid]::NewGuid()).txt"
        $null = Start-Transcript $transcript -UseMinimalHeader
        try { $output = & $Script } finally { $null = Stop-Transcript }
        $output | Should -BeNullOrEmpty
        Get-Content $transcript -Raw | Should -Match $Told
        Get-Content $transcript -Raw | Should -Not -Match "`e"
        Get-ZoneBody $sandbox | Should -BeExactly $zone
        Get-StateHash | Should -Be $state
        $sandbox.ApiCalls['ChangeResourceRecordSets'] | Should -Be $changes
        $sandbox.IsRunning | Should -BeTrue
        Get-ChildItem $folder | Should -BeNullOrEmpty
    }

    It 'every cmdlet that changes something takes it, and no other does' {
        (Get-Command -Module HostingOps | Where-Object { $_.Parameters.ContainsKey('WhatIf') }).Name | Should -Be @(
            'Disable-SiteFailover', 'Enable-SiteFailover', 'Export-HostedZone', 'Import-HostedZone', 'Invoke-SiteFailover', 'Move-ElasticIp', 'New-ApexRedirectConfig', 'New-HostingInventory', 'New-SiteMirrorConfig', 'Publish-ApexRedirectConfig', 'Register-SiteWatch', 'Restore-ApexRedirector', 'Resume-SiteFailover'
            'Save-SiteMirror', 'Send-HostingAlert', 'Set-SiteDnsTarget', 'Start-HostingSandbox', 'Stop-HostingSandbox', 'Sync-SiteDns', 'Undo-SiteFailover', 'Unregister-SiteWatch', 'Update-DynamicDns')
    }

    It 'a cut-off operation is told and not resumed' {
        $sandbox.Faults.FailNext('GetChange', 'Throttled', 1000)
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript("Import-Module '$modulePath'; Invoke-SiteFailover acme -Planned -Force")
            $calls = [int] $sandbox.ApiCalls['GetChange']
            $running = $shell.BeginInvoke()
            $deadline = [datetime]::UtcNow.AddSeconds(60)
            while ([int] $sandbox.ApiCalls['GetChange'] -le $calls -and [datetime]::UtcNow -lt $deadline) { Start-Sleep -Milliseconds 100 }
            $running.IsCompleted | Should -BeFalse
            $shell.Stop()
        }
        finally {
            $shell.Dispose()
            $sandbox.Faults.Clear()
        }

        # What was stopped may still be closing its state database, which then takes its journal in.
        $deadline = [datetime]::UtcNow.AddSeconds(60)
        do { $null = Get-SiteFailoverHistory } while ((Test-Path "$env:HOSTINGOPS_STATE-wal") -and [datetime]::UtcNow -lt $deadline)

        $zone = Get-ZoneBody $sandbox
        $state = Get-StateHash
        $run = Invoke-Asked 'Resume-SiteFailover -Force -WhatIf'
        "$($run.Lines)" | Should -Match 'Resume of operation \w+ on acme: left -> right, cut off at '
        $run.Output | Should -BeNullOrEmpty
        Get-ZoneBody $sandbox | Should -BeExactly $zone
        Get-StateHash | Should -Be $state

        $asked = Invoke-Asked 'Resume-SiteFailover' 'No'
        $asked.Questions | Should -HaveCount 1
        $asked.Questions[0] | Should -Match 'acme: left -> right'
        Get-SiteFailoverHistory -ResumableOnly | Should -HaveCount 1
    }
}
